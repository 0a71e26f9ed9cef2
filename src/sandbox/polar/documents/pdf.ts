// Writes a minimal PDF of one page that every reader opens.

const PAGE = { width: 595, height: 842, margin: 56, size: 11, leading: 20 }

/** Text in the font's encoding, Latin-1 and the euro sign. Other characters become question marks. */
const shown = (text: string) =>
  [...text.replaceAll('—', '-').replaceAll('→', 'to')]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0
      if (letter === '€') return '\\200'
      if ('\\()'.includes(letter)) return `\\${letter}`
      if (code > 0xff || code < 0x20) return '?'
      return code < 0x7f ? letter : `\\${code.toString(8)}`
    })
    .join('')

/** A page with these lines, the first of them large. */
export const pdf = (title: string, lines: readonly string[]): Uint8Array<ArrayBuffer> => {
  const { width, height, margin, size, leading } = PAGE
  const content = [
    'BT',
    `/F1 ${size * 2} Tf ${margin} ${height - margin - leading} Td (${shown(title)}) Tj`,
    `/F1 ${size} Tf ${leading} TL 0 ${-leading * 2} Td`,
    ...lines.map((line) => `(${shown(line)}) Tj T*`),
    'ET',
  ].join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Title (${shown(title)}) >>`,
  ]
  // The table at the end lists byte offsets of the objects, so every character here must be one byte.
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return String(at).padStart(10, '0')
  })
  const table = file.length
  const count = objects.length + 1
  file += `xref\n0 ${count}\n0000000000 65535 f \n${offsets.map((at) => `${at} 00000 n \n`).join('')}`
  file += `trailer\n<< /Size ${count} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${table}\n%%EOF\n`
  return new TextEncoder().encode(file)
}
