// A block with padding. Layout needs tables and cells: Outlook knows no other box, and pads nothing but a cell.

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
