// The one thing an email asks for. It is the first link of every email.

import type { Brand } from '../brand.ts'
import { Box } from './box.tsx'
import { Button } from './components.ts'

type Props = { brand: Brand; href: string; children: string }

export const ActionButton = ({ brand, href, children }: Props) => {
  const { fill, text, edge } = brand.accent.light
  return (
    <Box style={{ padding: '8px 0 36px' }}>
      <Button
        className="button"
        href={href}
        style={{
          padding: '14px 24px',
          border: `1px solid ${edge}`,
          borderRadius: '8px',
          backgroundColor: fill,
          color: text,
          fontSize: '16px',
          fontWeight: 600,
        }}
      >
        {children}
      </Button>
    </Box>
  )
}
