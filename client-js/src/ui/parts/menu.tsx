import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

export interface MenuItem {
  readonly label: string;
  readonly icon?: ComponentChildren;
  readonly checked?: boolean;
  readonly danger?: boolean;
  /** It can be reached and read, and not picked: its label says why. */
  readonly disabled?: boolean;
  readonly onPick: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly face: ComponentChildren;
  /** The face has words of its own, which are the button's name. */
  readonly faceNames?: boolean;
  readonly items: readonly MenuItem[];
  readonly place?: 'above' | 'below';
  readonly buttonClass?: string;
}

/** A button with a menu, by the pattern of the ARIA practices: arrows move, Escape closes and returns. */
export function Menu({
  label,
  face,
  items,
  place = 'below',
  buttonClass = 'menu-face',
  faceNames = false,
}: MenuProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const id = useId();
  const place_ = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return undefined;
    entries(place_.current)[0]?.focus();
    const elsewhere = (event: Event): void => {
      if (event.target instanceof Node && place_.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', elsewhere, true);
    return () => document.removeEventListener('pointerdown', elsewhere, true);
  }, [open]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open) return;
    const all = entries(place_.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const target = to[event.key];
    if (target !== undefined) {
      event.preventDefault();
      all.at(target % all.length)?.focus();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else if (event.key === 'Tab') {
      setOpen(false);
    }
  };

  return (
    <div class="menu" ref={place_} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class={buttonClass}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={faceNames ? undefined : label}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {face}
      </button>
      {open && (
        <div class={`menu-list ${place}`} id={id} role="menu" aria-label={label}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={item.checked}
              aria-disabled={item.disabled}
              tabIndex={-1}
              class={item.danger === true ? 'danger' : ''}
              onClick={() => {
                if (item.disabled === true) return;
                close();
                item.onPick();
              }}
            >
              <span class="menu-icon">{item.icon}</span>
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function entries(place: HTMLElement | null): HTMLElement[] {
  return [...(place?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}
