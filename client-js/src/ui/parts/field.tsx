import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: 'text' | 'password' | 'search';
  readonly hint?: string;
  readonly problem?: string | null;
  readonly autocomplete?: 'off' | 'username' | 'name' | 'new-password' | 'current-password';
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly required?: boolean;
  readonly focus?: boolean;
}

/** The typings tie an element's role to its type, one type at a time; a spread of any one of them is what it takes. */
function inputType(type: NonNullable<FieldProps['type']>): { type: 'text' } {
  return { type } as { type: 'text' };
}

/** One labelled line of input with its hint and its problem. */
export function Field(props: FieldProps): JSX.Element {
  const { label, value, onInput, type = 'text', hint, problem, autocomplete = 'off', required = false, focus } = props;
  const id = useId();
  const isWrong = problem !== undefined && problem !== null;
  const note = problem ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        {...inputType(type)}
        value={value}
        autocomplete={autocomplete}
        autoFocus={focus}
        autocapitalize="none"
        spellcheck={false}
        required={required}
        maxLength={props.maxLength}
        minLength={props.minLength}
        aria-invalid={isWrong}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {note !== undefined && (
        <p id={`${id}-note`} class={isWrong ? 'problem' : 'hint'}>
          {note}
        </p>
      )}
    </div>
  );
}
