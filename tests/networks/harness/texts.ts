// Texts that a careless transport changes.

const BYTES = 32_767;

/** Thirty, each different. */
export const TEXTS: readonly string[] = [
  '日本語の便り「れとろ・ちゃっと」、半角カナ、㊙、𠮷野家、👋🏽',
  `"quotes" and 'quotes' and \`quotes\` and \\ and </script> & <b>`,
  'ends with LF\n',
  'ends with CR\r',
  'ends with CRLF\r\n',
  '\nbegins with LF',
  '\rbegins with CR',
  '\r\nbegins with CRLF',
  'a\nb\r\nc\rd\n\ne\r\rf\r\n\r\ng\n\rh',
  '\n',
  '\r',
  '\r\n',
  '\n\n\n',
  ' ',
  ' a space before and one behind ',
  '\ttabs\t',
  ': looks like a comment',
  'data: looks like a field',
  'id: 5\ndata: looks like two',
  'event: error\n\n',
  'm1\nlooks like a frame',
  '["looks","like"]\n]',
  '\ufeffbegins with the mark of byte order',
  '\u2028\u2029\u0000\u0001\u007f\u0085',
  `${'か'.repeat(10_922)}a`,
  'x'.repeat(BYTES),
  '\r'.repeat(BYTES),
  '\n'.repeat(BYTES - 1).concat('\r'),
  '"\\'.repeat(Math.floor(BYTES / 2)),
  'the last one',
];
