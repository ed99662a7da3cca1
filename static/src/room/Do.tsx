/** A button that is a whole command by itself. */
import type { JSX } from 'preact';
import type { Form } from './forms';

interface DoProps {
  readonly act: Form;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly kind?: 'primary' | 'secondary' | 'tertiary';
  readonly id?: string;
  readonly label?: string;
  readonly children: string;
}

/** One press, one command; what it was refused for stands under the buttons. */
export function Do({ act, name, body, kind = 'secondary', id, label, children }: DoProps): JSX.Element {
  const press = (): void => {
    if (!act.busy.value) void act.run(name, body);
  };
  return (
    <button type="button" class={`button button-${kind} is-small`} aria-disabled={act.busy.value ? 'true' : undefined} onClick={press}
      {...(id === undefined ? {} : { id })} {...(label === undefined ? {} : { 'aria-label': label })}>{children}</button>
  );
}
