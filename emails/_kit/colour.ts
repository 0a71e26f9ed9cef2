// Computes button colours that are readable with any accent. Contrast is that of WCAG 2.

/** A button: its fill, the text on it and its edge. */
export type ButtonColours = { fill: string; text: string; edge: string }

type Rgb = [red: number, green: number, blue: number]

/** `#rgb` or `#rrggbb`. */
export const isHexColour = (text: string): boolean => /^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(text)

const parse = (hex: string): Rgb => {
  if (!isHexColour(hex)) throw new RangeError(`not a colour like #1a2b3c: ${hex}`)
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1)
  const channel = (at: number) => Number.parseInt(digits.slice(at, at + 2), 16)
  return [channel(0), channel(2), channel(4)]
}

const write = (rgb: Rgb): string =>
  `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`

const luminance = (rgb: Rgb): number => {
  const linear = (channel: number) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
}

/** From 1 (the same) to 21 (black on white). Text needs 4.5, the edge of a control 3. */
export const contrast = (one: string, other: string): number => {
  const a = luminance(parse(one))
  const b = luminance(parse(other))
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const mix = (from: string, to: string, share: number): string => {
  const target = parse(to)
  return write(
    parse(from).map((channel, at) => channel + ((target[at] ?? 0) - channel) * share) as Rgb,
  )
}

/** White if it is readable, since people expect it on a colour; otherwise black, which is then always readable. */
const textOn = (fill: string): string =>
  ['#ffffff', '#111111'].find((text) => contrast(text, fill) >= 4.5) ?? '#000000'

const isGrey = (hex: string): boolean => {
  const rgb = parse(hex)
  return Math.max(...rgb) - Math.min(...rgb) < 24
}

/**
 * The colours of a button with this accent on `surface`. An accent with too little contrast gets a darker or lighter edge. A
 * grey with too little contrast, such as black in the dark scheme, is replaced by `ink`, the surface's text colour.
 */
export const buttonColours = (accent: string, surface: string, ink: string): ButtonColours => {
  const vanishes = contrast(accent, surface) < 3
  const fill = write(parse(vanishes && isGrey(accent) ? ink : accent))
  let edge = fill
  for (let share = 0.1; contrast(edge, surface) < 3; share += 0.1) edge = mix(fill, ink, share)
  return { fill, text: textOn(fill), edge }
}
