/** Restores conferences from their entries alone, as the page of moments does, and prints what came of it. */
import { heldAgainst } from '../../../static/src/moments/kept';
import { after, Tape, type ToldEntry } from '../../../static/src/moments/tape';

let text = '';
process.stdin.setEncoding('utf8');
for await (const chunk of process.stdin) text += chunk;
const deliveries: ToldEntry[][] = JSON.parse(text);

const answers = [];
for (const entries of deliveries) {
  const pictures = new Map<string, unknown>();
  const states: Record<string, unknown> = {};
  for (const entry of entries) {
    pictures.set(entry.room, after(pictures.get(entry.room), entry));
    states[entry.cursor] = pictures.get(entry.room);
  }
  const tape = new Tape(entries);
  const moments = tape.moments.map((moment, index) => [moment.at, Object.fromEntries(tape.picturesAt(index))]);
  answers.push({ states, kept: await heldAgainst(entries), moments });
}
process.stdout.write(JSON.stringify(answers));
