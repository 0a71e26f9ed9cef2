// The colours of both schemes; a brand adds its accent.

export const light = {
  page: '#f5f5f6',
  card: '#ffffff',
  ink: '#18181b',
  quiet: '#5c5c66',
  line: '#e4e4e7',
}

export const dark: typeof light = {
  page: '#0c0c0e',
  card: '#18181b',
  ink: '#f4f4f5',
  quiet: '#a8a8b3',
  line: '#34343a',
}
