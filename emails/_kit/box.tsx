// A block with padding, made of a table and a cell, because Outlook pads only cells.

import type { CSSProperties, ReactNode } from 'react'

type Props = { className: string; dir: string; style: CSSProperties; children: ReactNode }

export const Box = ({ className, dir, style, children }: Props) => (
  <table border={0} cellPadding={0} cellSpacing={0} dir={dir} role="presentation" width="100%">
    <tbody>
      <tr>
        <td className={className} style={style}>
          {children}
        </td>
      </tr>
    </tbody>
  </table>
)
