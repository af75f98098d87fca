// Line parts: a line cut into plain text, web addresses and calls to somebody, as text/line_parts.h tells.

export type LinePart = ['text' | 'link' | 'call', string];

/** limits::kHandleChars */
const kHandleChars = 24;

const kScheme = /^https?:\/\//i;
const kHost = /^[a-z0-9.-]+/i;
const kOfAddress = /^[!#-;=?-[\]_a-z~]+/;
const kCall = /^@([a-z0-9_-]+)/i;
const kJoined = /[a-z0-9_@./:-]$/i;
const kClosing = /[.,:;!?'*_~)\]]$/;

function isHost(host: string): boolean {
  return host.includes('.') && !host.startsWith('.') && !host.includes('..');
}

/** Whether a host could go on in another script after what was read of it: exämple.com. */
function goesOnInOtherLetters(rest: string): boolean {
  return rest.charCodeAt(0) >= 0x80 && /[a-z0-9.-]/i.test(rest.split(' ', 1)[0] ?? '');
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function withoutPunctuation(address: string): string {
  let kept = address;
  while (kClosing.test(kept)) {
    const last = kept.slice(-1);
    const opened = last === ')' ? count(kept, '(') : last === ']' ? count(kept, '[') : 0;
    if (opened > 0 && opened >= count(kept, last)) break;
    kept = kept.slice(0, -1);
  }
  return kept;
}

/** The address that `text` begins with, or ''. */
function addressOf(text: string): string {
  const scheme = kScheme.exec(text)?.[0];
  if (scheme === undefined) return '';
  const host = (kHost.exec(text.slice(scheme.length))?.[0] ?? '').replace(/[.-]+$/, '');
  if (!isHost(host)) return '';
  const rest = text.slice(scheme.length + host.length);
  const authority = rest.split(/[/?# ]/, 1)[0] ?? '';
  if (authority.includes('@') || goesOnInOtherLetters(rest)) return '';
  const more = /^[/?#:]/.test(rest) ? (kOfAddress.exec(rest)?.[0] ?? '') : '';
  return withoutPunctuation(scheme + host + more);
}

function callOf(text: string): string {
  const call = kCall.exec(text);
  return call?.[1] !== undefined && call[1].length <= kHandleChars ? call[0] : '';
}

export function lineParts(line: string): LinePart[] {
  const parts: LinePart[] = [];
  let plain = 0;
  let at = 0;
  while (at < line.length) {
    const begins = /[h@]/i.test(line.charAt(at)) && !kJoined.test(line.slice(Math.max(0, at - 1), at));
    const address = begins ? addressOf(line.slice(at)) : '';
    const found = begins && address === '' ? callOf(line.slice(at)) : address;
    if (found === '') {
      at += 1;
      continue;
    }
    if (plain < at) parts.push(['text', line.slice(plain, at)]);
    parts.push([address === '' ? 'call' : 'link', found]);
    at += found.length;
    plain = at;
  }
  if (plain < line.length) parts.push(['text', line.slice(plain)]);
  return parts;
}

/** Whether `line` calls `handle`: as @handle, or as a word of its own. Capital letters make no difference. */
export function calls(line: string, handle: string): boolean {
  if (handle === '') return false;
  const word = new RegExp(`(^|[^a-z0-9_-])${handle}($|[^a-z0-9_-])`, 'i');
  return lineParts(line).some(([kind, text]) => {
    if (kind === 'call') return text.slice(1).toLowerCase() === handle.toLowerCase();
    return kind === 'text' && word.test(text);
  });
}

/** Fills `box` with the line, addresses and calls marked. */
export function showLine(box: HTMLElement, line: string): void {
  box.replaceChildren(
    ...lineParts(line).map(([kind, text]) => {
      if (kind === 'text') return document.createTextNode(text);
      if (kind === 'call') {
        const call = document.createElement('b');
        call.className = 'call';
        call.textContent = text;
        return call;
      }
      const link = document.createElement('a');
      link.href = text;
      link.target = '_blank';
      link.rel = 'noopener noreferrer nofollow ugc';
      link.textContent = text;
      return link;
    }),
  );
}
