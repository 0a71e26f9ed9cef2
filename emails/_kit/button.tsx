// The one thing an email asks for. It is the first link of every email.

import { Button } from './components.ts'
import type { Letter } from './letter.ts'
import { lookOf } from './look.ts'

export const ActionButton = ({ letter, children }: { letter: Letter; children: string }) => {
  const look = lookOf(letter)
  return (
    <p style={look.action}>
      <Button className="button" href={letter.links.action} style={look.button}>
        {children}
      </Button>
    </p>
  )
}
