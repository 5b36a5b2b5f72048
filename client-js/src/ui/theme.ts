import { signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';

const key = 'parley.theme';
const themes: readonly string[] = ['system', 'light', 'dark'] satisfies Theme[];

export const theme = signal<Theme>(recall());
show(theme.peek());

export function setTheme(next: Theme): void {
  theme.value = next;
  show(next);
  try {
    localStorage.setItem(key, next);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

function show(chosen: Theme): void {
  if (chosen === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

function recall(): Theme {
  try {
    const saved = localStorage.getItem(key);
    return saved !== null && themes.includes(saved) ? (saved as Theme) : 'system';
  } catch {
    return 'system';
  }
}
