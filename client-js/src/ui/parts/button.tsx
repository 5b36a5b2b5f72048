import type { ComponentChildren, JSX } from 'preact';
import { Icon } from './icons';
import type { IconName } from './icons';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: (event: MouseEvent) => void;
  readonly tone?: 'plain' | 'primary' | 'danger' | 'go';
  readonly icon?: IconName;
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  readonly busy?: boolean;
}

export function Button({
  children,
  onClick,
  tone = 'plain',
  icon,
  type = 'button',
  disabled,
  busy,
}: ButtonProps): JSX.Element {
  return (
    <button
      type={type}
      class={`button ${tone}`}
      onClick={onClick}
      disabled={disabled === true || busy === true}
      aria-busy={busy}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: (event: MouseEvent) => void;
  readonly tone?: 'plain' | 'primary' | 'danger' | 'go' | 'off';
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly disabled?: boolean;
  readonly small?: boolean;
}

/** A button that is only a drawing; its name is spoken and shows as a tooltip. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const { icon, label, onClick, tone = 'plain', pressed, expanded, disabled, small = false } = props;
  return (
    <button
      type="button"
      class={`icon-button ${tone}${small ? ' small' : ''}`}
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} size={small ? 16 : 20} />
    </button>
  );
}
