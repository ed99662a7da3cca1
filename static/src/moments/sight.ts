/** A page that stays open must not keep what its reader may see no longer. */
import type { MomentsData } from './data';

const EVERY_MS = 30_000;

/** Ask again and again, and whenever the page comes to the front; `lost` once anything is out of sight. */
export function watchSight({ urls, sight }: MomentsData, lost: () => void): void {
  const look = async (): Promise<void> => {
    if (document.hidden) return;
    try {
      const answer = await fetch(urls.sight, { headers: { Accept: 'application/json' } });
      if (answer.status >= 500) return;
      if (!answer.ok || narrower((await answer.json()) as MomentsData['sight'], sight)) lost();
    } catch {
      // Without a line there is nothing to ask; the next look comes.
    }
  };
  setInterval(() => void look(), EVERY_MS);
  document.addEventListener('visibilitychange', () => void look());
}

/** Whether a room is gone, or seen in another class than before; new rooms are no loss. */
export function narrower(now: MomentsData['sight'], before: MomentsData['sight']): boolean {
  return Object.entries(before).some(([room, held]) => now[room] !== held);
}
