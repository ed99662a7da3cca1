/** The Japanese sentence itself, with its places filled: what a person reads when no catalogue is asked. */

import type { Translate } from '../../../static/src/sheet/types';

export const t: Translate = (ja, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), ja);
