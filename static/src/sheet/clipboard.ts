/** Cells to and from a spreadsheet: tab-separated text with quoted multi-line cells, and a table that keeps text as text. */

export interface CopiedCell { text: string; asText: boolean }

/** Splits what a spreadsheet put on the clipboard; a quoted cell may hold tabs, quotes and line breaks. */
export function parseTsv(source: string): string[][] {
  const text = source.replace(/\r\n?/g, '\n');
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (text.charAt(at + 1) === '"') { field += '"'; at += 1; }
      else quoted = false;
    } else if (sign === '"' && field === '' && closesAsCell(text, at)) quoted = true;
    else if (sign === '\t') { row.push(field); field = ''; }
    else if (sign === '\n') { row.push(field); rows.push(row); row = []; field = ''; }
    else field += sign;
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  return rows;
}

/** A quote opens a cell only if its partner ends one; otherwise it is a character like any other. */
function closesAsCell(text: string, open: number): boolean {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text.charAt(at) !== '"') continue;
    if (text.charAt(at + 1) === '"') { at += 1; continue; }
    const next = text.charAt(at + 1);
    return next === '' || next === '\t' || next === '\n';
  }
  return false;
}

export function toTsv(rows: readonly (readonly CopiedCell[])[]): string {
  const cell = ({ text }: CopiedCell): string =>
    /[\t\n"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  return rows.map((row) => row.map(cell).join('\t')).join('\r\n');
}

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
    .replace(/\n/g, '<br style="mso-data-placement:same-cell">');

/** The table Excel prefers over plain text: text cells are marked as text, so nothing becomes a formula. */
export function toTable(rows: readonly (readonly CopiedCell[])[]): string {
  const cell = ({ text, asText }: CopiedCell): string =>
    `<td${asText ? ' style="mso-number-format:\'\\@\'"' : ''}>${escaped(text)}</td>`;
  return `<meta charset="utf-8"><table>${
    rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')
  }</table>`;
}

/** How far a paste reaches: the block itself, or the whole selection when it is a multiple of the block. */
export function pasteSize(
  block: { rows: number; columns: number }, selected: { rows: number; columns: number },
): { rows: number; columns: number } {
  const repeats = selected.rows % block.rows === 0 && selected.columns % block.columns === 0;
  return repeats ? selected : block;
}
