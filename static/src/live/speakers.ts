/** The list of speakers of an item: its picture, and how entries change it. */
import type { Entry } from './types';

export type SpeechKind = 'contribution' | 'question' | 'order';

interface Who {
  readonly id: string;
  readonly kind: SpeechKind;
  readonly agency_id: string;
  readonly agency: string;
  /** Who raised the hand; empty for an agency that was asked to speak. */
  readonly speaker: string;
}

export interface RaisedHand extends Who {
  readonly at: string;
}

/** `seconds` were spent before `since`; without `since` the clock stands still. */
export interface PresentSpeech extends Who {
  readonly seconds: number;
  readonly since: string | null;
}

export interface HeldSpeech extends Who {
  readonly seconds: number;
}

export interface Speakers {
  readonly is_open: boolean;
  readonly allowance: number | null;
  readonly waiting: readonly RaisedHand[];
  readonly present: PresentSpeech | null;
  readonly speeches: readonly HeldSpeech[];
}

/** The list after one more entry; null when the entry is about something else. */
export function foldSpeakers(list: Speakers, { kind, body, by, at }: Entry): Speakers | null {
  const without = (): readonly RaisedHand[] => list.waiting.filter((hand) => hand.id !== body.speech_id);
  switch (kind) {
    case 'speech_asked': {
      const hand = { id: body.speech_id, kind: body.speech_kind, agency_id: by.agency_id, agency: by.agency, speaker: by.person, at };
      return { ...list, waiting: [...list.waiting, hand] };
    }
    case 'request_withdrawn':
      return { ...list, waiting: without() };
    case 'speaker_called':
      return {
        ...list,
        allowance: body.allowance,
        waiting: without(),
        present: {
          id: body.speech_id,
          kind: body.speech_kind,
          agency_id: body.agency_id,
          agency: body.agency_name,
          speaker: body.speaker,
          seconds: 0,
          since: body.since,
        },
      };
    case 'speech_held':
      return changePresent(list, { seconds: body.seconds, since: null });
    case 'speech_continued':
      return changePresent(list, { since: body.since });
    case 'speech_ended': {
      if (list.present === null) return list;
      const { since: _gone, ...held } = { ...list.present, seconds: body.seconds };
      return { ...list, present: null, speeches: [...list.speeches, held] };
    }
    case 'speakers_closed':
      return { ...list, is_open: false };
    case 'speakers_reopened':
      return { ...list, is_open: true };
    case 'speaking_time_set':
      return { ...list, allowance: body.seconds };
    default:
      return null;
  }
}

function changePresent(list: Speakers, change: Partial<PresentSpeech>): Speakers {
  return list.present === null ? list : { ...list, present: { ...list.present, ...change } };
}
