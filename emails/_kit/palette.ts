// The default colours of both schemes. A brand may override them, and adds its accent.

export type Palette = {
  /** Around the card. */
  page: string
  card: string
  /** Running text. */
  ink: string
  /** Reference text. */
  quiet: string
  line: string
}

export const light: Palette = {
  page: '#f5f5f6',
  card: '#ffffff',
  ink: '#18181b',
  quiet: '#5c5c66',
  line: '#e4e4e7',
}

export const dark: Palette = {
  page: '#0c0c0e',
  card: '#18181b',
  ink: '#f4f4f5',
  quiet: '#a8a8b3',
  line: '#34343a',
}
