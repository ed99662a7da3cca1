/** Sentences of the scripts: Japanese is the source; another language comes with the page, as data. */

type Catalogue = Readonly<Record<string, string>>;

let catalogue: Catalogue | null = null;

/** The page carries what the scripts say in its language; nothing where it is Japanese. */
function fromPage(): Catalogue {
  const text = typeof document === 'undefined' ? null : document.getElementById('catalogue')?.textContent;
  return text ? (JSON.parse(text) as Catalogue) : {};
}

/** The sentence in the reader's language, its {places} filled; a place without a value stays visible. */
export function t(ja: string, values: Readonly<Record<string, string | number>> = {}): string {
  catalogue ??= fromPage();
  const sentence = catalogue[ja] ?? ja;
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : String(value);
  });
}
