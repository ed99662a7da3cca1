/** How an agency takes part in the conference, apart from its reply and from who is connected. */
export type Mode = 'on_site' | 'online' | 'written' | 'proxy' | 'absent';

export const MODES: readonly Mode[] = ['on_site', 'online', 'written', 'proxy', 'absent'];

export interface Attendee {
  readonly name: string;
  readonly title: string;
}

/** `arrived` and `left` are times such as 13:45, or empty. */
export interface Attendance {
  readonly mode: Mode;
  readonly people: readonly Attendee[];
  readonly arrived: string;
  readonly left: string;
}

export type AttendanceTaken = { readonly agency_id: string } & Attendance;

export function attendanceIn({ mode, people, arrived, left }: AttendanceTaken): Attendance {
  return { mode, people, arrived, left };
}
