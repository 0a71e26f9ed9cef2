// An email as it goes over the wire, and many of them as one mailbox.

type Message = { id: string; subject: string; html: string; text: string }

const LONGEST_LINE = 76

const octet = (byte: number) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`

/** A mailbox begins a message with "From " at the start of a line, so that no line may; nor may it end in a space. */
const quotedLine = (line: string): string => {
  const units = [...Buffer.from(line)].map((byte, at, all) => {
    const isLast = at === all.length - 1
    const isPlain = byte === 0x20 ? !isLast : byte > 0x20 && byte < 0x7f && byte !== 0x3d
    return isPlain && !(at === 0 && byte === 0x46) ? String.fromCharCode(byte) : octet(byte)
  })
  const lines = ['']
  for (const unit of units) {
    if ((lines.at(-1) ?? '').length + unit.length > LONGEST_LINE - 1) lines.push('')
    lines[lines.length - 1] += unit
  }
  return lines.join('=\n')
}

const quotedPrintable = (text: string) => text.split(/\r?\n/).map(quotedLine).join('\n')

/** RFC 2047: as many words as it takes, none of them cutting a character. */
const headerText = (text: string): string => {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  const words: string[] = []
  for (const character of text) {
    const joined = (words.at(-1) ?? '') + character
    if (words.length > 0 && Buffer.byteLength(joined) <= 42) words[words.length - 1] = joined
    else words.push(character)
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\n ')
}

const part = (type: string, content: string) =>
  [
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quotedPrintable(content),
  ].join('\n')

const mimeOf = ({ id, subject, html, text }: Message): string =>
  [
    `From: ${headerText('Acme')} <billing@mail.acme.example>`,
    'To: mara@customer.example',
    `Subject: ${headerText(subject)}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}-0100018f2d4c7e5a@mail.acme.example>`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="=_7f3a0c51e2"',
    '',
    '--=_7f3a0c51e2',
    part('text/plain', text),
    '--=_7f3a0c51e2',
    part('text/html', html),
    '--=_7f3a0c51e2--',
    '',
  ].join('\n')

/** All of them in one file, as `mbox` keeps them. */
export const mailboxOf = (messages: Message[]): string =>
  messages
    .map((message) => `From postern@acme.example Mon Jan  1 00:00:00 2026\n${mimeOf(message)}\n`)
    .join('')
