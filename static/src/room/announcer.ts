/** What is read aloud, once each: a question opened, a result, the last minute, a clash. */
import { signal } from '@preact/signals';

export class Announcer {
  readonly message = signal('');
  private readonly said = new Set<string>();

  /** The same key is said once, however often its cause is seen again. */
  say(key: string, message: string): void {
    if (this.said.has(key)) return;
    this.said.add(key);
    // The same words again would not be read: a space that is not seen makes them new.
    this.message.value = message === this.message.value ? `${message}\u00a0` : message;
  }
}
