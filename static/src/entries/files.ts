/** Forms with files: a file the server would refuse for its size is told beside its field, and not sent. */

for (const input of document.querySelectorAll<HTMLInputElement>('input[type=file][data-most]')) {
  input.addEventListener('change', () => tell(input));
  input.form?.addEventListener('submit', (event) => {
    if (!tell(input)) return;
    event.preventDefault();
    input.focus();
  });
}

function isTooLarge(input: HTMLInputElement): boolean {
  return [...(input.files ?? [])].some((file) => file.size > Number(input.dataset['most']));
}

/** Says so beside the field, or takes back what was said; whether the file is too large. */
function tell(input: HTMLInputElement): boolean {
  const id = `${input.id}-too-large`;
  const wrong = isTooLarge(input);
  const others = (input.getAttribute('aria-describedby') ?? '').split(' ').filter((one) => one !== '' && one !== id);
  document.getElementById(id)?.remove();
  input.closest('.field')?.classList.toggle('has-error', wrong);
  input.setAttribute('aria-invalid', String(wrong));
  input.setAttribute('aria-describedby', [...others, ...(wrong ? [id] : [])].join(' '));
  if (wrong) input.after(sentence(id, input.dataset['tooLarge'] ?? ''));
  return wrong;
}

function sentence(id: string, text: string): HTMLElement {
  const told = document.createElement('p');
  told.id = id;
  told.className = 'error';
  told.setAttribute('role', 'alert');
  told.textContent = text;
  return told;
}
