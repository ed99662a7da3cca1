/** Folds what it is given on standard input with the browser's own reducers, and prints the result. */
import { readFileSync } from 'node:fs';
import { foldCase } from '../../../static/src/live/case';
import { foldConference } from '../../../static/src/live/conference';
import { foldItem } from '../../../static/src/live/item';
import { foldLane } from '../../../static/src/live/lane';
import { foldSheet } from '../../../static/src/live/sheet';
import type { Entry } from '../../../static/src/live/types';

const folds: Record<string, (state: any, entry: Entry) => any> = {
  c: foldConference,
  i: foldItem,
  s: foldSheet,
  a: foldCase,
  l: foldLane,
};

interface Step { room: string; before: unknown; entries: Entry[] }

const steps: Step[] = JSON.parse(readFileSync(0, 'utf8'));
const folded = steps.map(({ room, before, entries }) =>
  entries.reduce((state, entry) => folds[room[0]!]!(state, entry), before),
);
process.stdout.write(JSON.stringify(folded));
