/** What is read aloud of the conference's course: breaks, steps, a new order. */
import { t } from '../i18n';
import type { RoomStore } from './store';
import { clockTime } from './time';

export function tellCourse(store: RoomStore, kind: string, body: any): void {
  const { announcer, data } = store;
  const number = store.agenda.find((item) => item.id === body.item_id)?.position ?? '';
  switch (kind) {
    case 'conference_paused':
      announcer.say(`pause ${body.at}`, t('休憩に入りました。{time}再開予定です。', { time: clockTime(body.resumes_at, data.language) }));
      break;
    case 'conference_resumed':
      announcer.say(`resume ${body.at}`, t('会議を再開しました。'));
      break;
    case 'step_taken':
      announcer.say(`step ${body.item_id} ${body.step}`, t('議題{number}は「{step}」に進みました。', { number, step: data.labels.item_steps[body.step] ?? '' }));
      break;
    case 'item_put_off':
      announcer.say(`later ${body.item_id} ${body.item_ids.join()}`, t('議題の順番が変わりました。'));
      break;
    case 'agenda_reordered':
      announcer.say(`order ${body.item_ids.join()}`, t('議題の順番が変わりました。'));
      break;
  }
}
