// A cursor is a place in the log: "everything up to and including `seq` has been seen".
//
// SEQ reaches 2^63-1, more than a number holds exactly, and it is written in base 36 without leading zeros. So it
// stays text here: of two such texts the longer is the larger, and of equal length the later in ASCII order.

export interface Cursor {
  /** An opaque word; places of two epochs cannot be compared. */
  readonly epoch: string;
  readonly seq: string;
}

const LARGEST_SEQ = '1y2p0ij32e8e7'; // 2^63-1

/** REQUIRES: both consist of digits as isSeq takes them. */
export function isAbove(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}

export function isSeq(text: string): boolean {
  return /^(0|[1-9a-z][0-9a-z]{0,12})$/.test(text) && !isAbove(text, LARGEST_SEQ);
}

/** Reads `EPOCH-SEQ`; undefined for anything else. */
export function parseCursor(text: unknown): Cursor | undefined {
  const parts = typeof text === 'string' ? /^([0-9a-z]{1,32})-(.+)$/.exec(text) : null;
  const [, epoch, seq] = parts ?? [];
  return epoch && seq && isSeq(seq) ? { epoch, seq } : undefined;
}

export function formatCursor(cursor: Cursor): string {
  return `${cursor.epoch}-${cursor.seq}`;
}
