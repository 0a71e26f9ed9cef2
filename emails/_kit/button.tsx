// The button for an email's action. It is the first link of every email.

import { Button } from './components.ts'
import type { Email } from './prepare.ts'
import { themeOf } from './theme.ts'

export const ActionButton = ({ email, children }: { email: Email; children: string }) => {
  const theme = themeOf(email)
  return (
    <p style={theme.action}>
      <Button className="button" href={email.links.action} style={theme.button}>
        {children}
      </Button>
    </p>
  )
}
