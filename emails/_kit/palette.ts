// The colours of both schemes, unless a brand chooses its own; its accent comes on top.

export type Palette = {
  /** Around the card. */
  page: string
  card: string
  /** Text that is read. */
  ink: string
  /** Text that is looked up. */
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
