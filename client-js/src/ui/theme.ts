import { effect } from '@preact/signals';
import { browserStorage, Kept } from '../kept/kept';
import { oneOf } from '../protocol/decode';

export type Theme = 'system' | 'light' | 'dark';

const kept = new Kept<Theme>(browserStorage, 'parley.theme', oneOf(['system', 'light', 'dark']), 'system');

export const theme = kept.value;

effect(() => {
  if (theme.value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
});

export function setTheme(next: Theme): void {
  kept.keep(next);
}
