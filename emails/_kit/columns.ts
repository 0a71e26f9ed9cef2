// Aligns labels and values in columns of plain text, for fixed-width fonts.

/** A longer label wraps, so that a line with its amount fits a narrow window. */
export const LABEL_WIDTH = 44
const GAP = '  '

// Chinese, Japanese and Korean characters take two columns; combining marks and isolating characters take none.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6]/g
const none = /[\p{Mn}\p{Cf}]/gu

const isPlain = (text: string) => /^[ -\u02ff]*$/.test(text)

const widthOf = (text: string): number =>
  isPlain(text)
    ? text.length
    : text.length + (text.match(wide)?.length ?? 0) - (text.match(none)?.length ?? 0)

const blanks = (count: number) => ' '.repeat(Math.max(0, count))

/** Labels at the start, values at the end, each on the last line of its label. */
export const columns = (rows: { text: string }[][]): string => {
  const lines = rows.flatMap((cells) => {
    const labels = (cells[0]?.text ?? '').split('\n')
    return labels.map((label, at) => ({
      label,
      value: at === labels.length - 1 ? (cells[1]?.text ?? '') : '',
    }))
  })
  const labelWidth = Math.min(LABEL_WIDTH, Math.max(...lines.map(({ label }) => widthOf(label))))
  const valueWidth = Math.max(...lines.map(({ value }) => widthOf(value)))
  return lines
    .map(({ label, value }) =>
      `${label}${blanks(labelWidth - widthOf(label))}${GAP}${blanks(valueWidth - widthOf(value))}${value}`.trimEnd(),
    )
    .join('\n')
}
