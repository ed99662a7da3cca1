/** Arrow keys in a row of tabs: where the next one is. */

/** The place the key leads to, in a row that goes round; null for any other key. */
export function turnTo(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
