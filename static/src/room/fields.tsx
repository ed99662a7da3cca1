/** Fields of the room's forms: label, control, and what was wrong with it. */
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { t } from '../i18n';
import type { Form } from './forms';

interface FieldProps {
  readonly form: Form;
  readonly name: string;
  readonly label: string;
  readonly required?: boolean;
}

interface Named {
  readonly id: string;
  readonly error: string;
  readonly described: { readonly 'aria-describedby'?: string; readonly 'aria-invalid'?: 'true' };
}

function useNamed(form: Form, name: string): Named {
  const id = useId();
  form.shown.add(name);
  const error = form.refusal.value?.fields[name] ?? '';
  return { id, error, described: error === '' ? {} : { 'aria-describedby': `${id}-error`, 'aria-invalid': 'true' } };
}

function Wrong({ named }: { named: Named }): JSX.Element | null {
  return named.error === '' ? null : <p class="error" id={`${named.id}-error`}>{named.error}</p>;
}

function Label({ named, label, required }: { named: Named; label: string; required: boolean }): JSX.Element {
  return <label for={named.id}>{label}{required ? <span class="required">{t('※必須')}</span> : null}</label>;
}

export function Text({ form, name, label, required = false, max = 200 }: FieldProps & { max?: number }): JSX.Element {
  const named = useNamed(form, name);
  return (
    <div class="field">
      <Label named={named} label={label} required={required} />
      <input class="input" id={named.id} type="text" maxLength={max} value={form.get(name)} autocomplete="off"
        onInput={(event) => form.set(name, event.currentTarget.value)} {...named.described} />
      <Wrong named={named} />
    </div>
  );
}

export function Paragraph({ form, name, label, required = false, max = 500, rows = 2 }: FieldProps & { max?: number; rows?: number }): JSX.Element {
  const named = useNamed(form, name);
  return (
    <div class="field field-full">
      <Label named={named} label={label} required={required} />
      <textarea class="input" id={named.id} rows={rows} maxLength={max} value={form.get(name)}
        onInput={(event) => form.set(name, event.currentTarget.value)} {...named.described} />
      <Wrong named={named} />
    </div>
  );
}

export function Day({ form, name, label, required = false, min, max }: FieldProps & { min?: string; max?: string }): JSX.Element {
  const named = useNamed(form, name);
  return (
    <div class="field field-date">
      <Label named={named} label={label} required={required} />
      <input class="input" id={named.id} type="date" value={form.get(name)} {...(min === undefined ? {} : { min })} {...(max === undefined ? {} : { max })}
        onInput={(event) => form.set(name, event.currentTarget.value)} {...named.described} />
      <Wrong named={named} />
    </div>
  );
}

export interface Option { readonly value: string; readonly label: string }

export function Select({ form, name, label, required = false, options, empty }: FieldProps & { options: readonly Option[]; empty?: string }): JSX.Element {
  const named = useNamed(form, name);
  return (
    <div class="field">
      <Label named={named} label={label} required={required} />
      <span class="select">
        <select class="input" id={named.id} value={form.get(name)}
          onChange={(event) => form.set(name, event.currentTarget.value)} {...named.described}>
          {empty === undefined ? null : <option value="">{empty}</option>}
          {options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
        </select>
      </span>
      <Wrong named={named} />
    </div>
  );
}

export interface Choice extends Option { readonly note?: string; readonly disabled?: boolean }

export function Radios({ form, name, label, options }: FieldProps & { options: readonly Choice[] }): JSX.Element {
  const named = useNamed(form, name);
  return (
    <fieldset class="choices" {...named.described}>
      <legend>{label}</legend>
      <div class="choice-list">
        {options.map((one) => (
          <label key={one.value} class="choice">
            <input type="radio" name={named.id} value={one.value} checked={form.get(name) === one.value} disabled={one.disabled === true}
              onChange={() => form.set(name, one.value)} />
            <span class="choice-text">{one.label}{one.note ? <span class="choice-note">{one.note}</span> : null}</span>
          </label>
        ))}
      </div>
      <Wrong named={named} />
    </fieldset>
  );
}

interface SendProps {
  readonly form: { readonly busy: { readonly value: boolean } };
  readonly connected: boolean;
  readonly children: ComponentChildren;
  readonly kind?: 'primary' | 'secondary' | 'danger' | 'tertiary';
  readonly wide?: boolean;
  readonly small?: boolean;
}

/** The button that ends a form; while it waits it says for what, and cannot send twice. */
export function SendButton({ form, connected, children, kind = 'primary', wide = false, small = false }: SendProps): JSX.Element {
  const busy = form.busy.value;
  return (
    <button type="submit" class={`button button-${kind}${wide ? ' is-wide' : ''}${small ? ' is-small' : ''}`} aria-disabled={busy ? 'true' : undefined}>
      {!busy ? children : connected ? t('送信中…') : t('未送信（接続待ち）')}
    </button>
  );
}

/** For onSubmit: nothing leaves the page, and nothing is sent while the last one is on its way. */
export function submitting(form: { readonly busy: { readonly value: boolean } }, act: () => void): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    if (!form.busy.value) act();
  };
}
