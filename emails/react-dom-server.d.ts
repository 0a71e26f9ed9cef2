// Types for the part of react-dom/server that Postern uses; the package has none.

declare module 'react-dom/server' {
  import type { ReactNode } from 'react'

  export function renderToStaticMarkup(node: ReactNode): string
}
