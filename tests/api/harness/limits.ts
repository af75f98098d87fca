// Limits in bytes, and texts that are no texts: what the descriptions say and a schema, which counts characters, cannot.

type Facts = Record<string, unknown>;

export interface Limit {
  readonly operation: string;
  readonly what: string;
  readonly body: Facts;
  /** The code that refuses it; null when it is taken. */
  readonly code: string | null;
}

const CONTROLS = ['\u0000', '\n', '\u001f', '\u007f', '\u0085', '\u009f'];
const LONE_SURROGATE = '\ud800';

/** `name` of an operation is limited to that many bytes, and takes no control characters. */
function nameLimits(operation: string, name: string, bytes: number, code: string, around: Facts = {}): Limit[] {
  const limit = (what: string, text: string, refusal: string | null): Limit => ({
    operation,
    what: `${name}: ${what}`,
    body: { ...around, [name]: text },
    code: refusal,
  });
  return [
    limit(`${bytes} bytes`, 'é'.repeat(bytes / 2), null),
    limit(`${bytes + 1} bytes in fewer characters`, `${'é'.repeat(bytes / 2)}e`, code),
    ...CONTROLS.map((control) =>
      limit(`with U+${control.charCodeAt(0).toString(16).padStart(4, '0')}`, `a${control}b`, code),
    ),
  ];
}

function messageLimits(operation: string, around: Facts): Limit[] {
  const limit = (what: string, message: string, code: string | null): Limit => ({
    operation,
    what: `message: ${what}`,
    body: { ...around, message },
    code,
  });
  return [
    limit('32,767 bytes', 'm'.repeat(32_767), null),
    limit('32,768 bytes', 'm'.repeat(32_768), 'invalid_message'),
    limit('32,767 bytes of many bytes each', `${'便'.repeat(10_922)}m`, null),
    limit('32,769 bytes in fewer characters', '便'.repeat(10_923), 'invalid_message'),
    limit('line breaks of every kind', 'a\rb\nc\r\nd', null),
  ];
}

export const LIMITS: readonly Limit[] = [
  ...nameLimits('create_channel', 'client_id', 256, 'invalid_client_id'),
  ...nameLimits('send_message', 'client_id', 256, 'invalid_client_id', { message: 'm' }),
  ...nameLimits('send_group', 'group', 128, 'invalid_group', { message: 'm' }),
  ...nameLimits('join_group', 'group', 128, 'invalid_group', { client_id: 'ann' }),
  ...nameLimits('join_group', 'client_id', 256, 'invalid_client_id', { group: 'a room' }),
  ...nameLimits('leave_group', 'group', 128, 'invalid_group', { client_id: 'ann' }),
  ...nameLimits('groups', 'client_id', 256, 'invalid_client_id'),
  ...nameLimits('presence', 'group', 128, 'invalid_group'),
  ...nameLimits('history', 'group', 128, 'invalid_group'),
  ...nameLimits('disconnect', 'client_id', 256, 'invalid_client_id'),
  ...nameLimits('disconnect', 'reason', 256, 'invalid_request', { client_id: 'ann' }),
  ...messageLimits('send_message', { client_id: 'ann' }),
  ...messageLimits('send_group', { group: 'a room' }),
  ...messageLimits('broadcast', {}),
  {
    operation: 'create_channel',
    what: 'client_id: half a character',
    // JSON.stringify writes it as an escape, which is good JSON and no text.
    body: { client_id: LONE_SURROGATE },
    code: 'invalid_json',
  },
];
