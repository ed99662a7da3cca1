/** Times of day, days and what is left on the clock, as offices in Japan write them. */
import { t } from '../i18n';

const JAPAN = 'Asia/Tokyo';

/** To make one takes longer than to use it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${Object.keys(options).join()}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, { timeZone: JAPAN, ...options });
    formats.set(key, format);
  }
  return format;
}

/** 14:12 */
export function clockTime(iso: string | Date, language: string, seconds = false): string {
  return formatOf(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(seconds ? { second: '2-digit' } : {}),
  }).format(typeof iso === 'string' ? new Date(iso) : iso);
}

/** 2026年12月15日(火) */
export function dayText(iso: string, language: string): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  const weekday = formatOf(language, { weekday: 'short' }).format(new Date(`${iso}T00:00:00+09:00`));
  return t('{year}年{month}月{day}日({weekday})', { year, month: Number(month), day: Number(day), weekday });
}

/** Today in Japan as YYYY-MM-DD, by the server's clock. */
export function today(now: number): string {
  return formatOf('sv-SE', {}).format(now);
}

/** So many days after a day such as 2026-11-26. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export type Urgency = '' | 'is-near' | 'is-soon' | 'is-over';

export interface Left {
  /** mm:ss; past zero it counts up again. */
  readonly text: string;
  readonly urgency: Urgency;
  readonly seconds: number;
}

/** Seconds before the end at which the clock says so: five minutes, one minute. */
export const NEAR = 300;
export const SOON = 60;

export function timeLeft(endsAt: string, now: number): Left {
  const seconds = Math.ceil((Date.parse(endsAt) - now) / 1000);
  const whole = Math.abs(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  const text = `${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
  return { text, seconds, urgency: urgencyOf(seconds) };
}

function urgencyOf(seconds: number): Urgency {
  if (seconds < 0) return 'is-over';
  if (seconds <= SOON) return 'is-soon';
  return seconds <= NEAR ? 'is-near' : '';
}
