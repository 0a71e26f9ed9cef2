// The layout of every email: head, preheader, and a card with header and content, above the footer.

import type { ReactNode } from 'react'
import { Box } from './box.tsx'
import { Container, Head, Html } from './components.ts'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { Preheader } from './preheader.tsx'
import { type Email, gapOf } from './prepare.ts'
import { preheaderLine } from './printable.ts'
import { styleSheet } from './style-sheet.ts'
import { themeOf } from './theme.ts'

type Props = {
  email: Email
  /** The document's title. */
  subject: string
  /** Sentences that an inbox shows beside the subject. Null, false and those that do not fit are left out. */
  preheader: (string | null | false)[]
  children: ReactNode
}

const Metas = ({ scheme = 'light dark' }: { scheme?: string | undefined }) => (
  <>
    <meta content="width=device-width, initial-scale=1" name="viewport" />
    <meta content={scheme} name="color-scheme" />
    <meta content={scheme} name="supported-color-schemes" />
    <meta content="telephone=no, date=no, address=no, email=no, url=no" name="format-detection" />
  </>
)

/** Describes the email in a preview; real emails have no such note. */
const PreviewNote = ({ note }: { note: string }) => (
  <div data-skip-in-text="true" dir="ltr" style={previewNote}>
    {note}
  </div>
)

const previewNote = {
  padding: '6px 16px',
  backgroundColor: '#fef3c7',
  color: '#451a03',
  fontFamily: 'sans-serif',
  fontSize: '14px',
  lineHeight: '20px',
  textAlign: 'center',
} as const

export const Layout = ({ email, subject, preheader, children }: Props) => {
  const { brand, dir, lang, language, preview } = email
  const theme = themeOf(email)
  const sentences = preheader.filter((sentence): sentence is string => Boolean(sentence))
  return (
    <Html dir={dir} lang={lang}>
      <Head>
        <Metas scheme={preview?.scheme} />
        <title>{subject}</title>
        <style>{styleSheet(brand, preview?.scheme)}</style>
      </Head>
      <body className="page" style={theme.page}>
        {preview && <PreviewNote note={preview.note} />}
        {/* Some clients drop html and body, so language and direction are repeated here. */}
        <table
          border={0}
          cellPadding={0}
          cellSpacing={0}
          dir={dir}
          lang={lang}
          role="presentation"
          width="100%"
        >
          <tbody>
            <tr>
              <td className="backdrop" style={theme.backdrop}>
                <Preheader>{preheaderLine(sentences, gapOf(language))}</Preheader>
                <Container style={theme.container} width={576}>
                  <Box className="card inset" dir={dir} style={theme.card}>
                    <Header email={email} />
                    {children}
                  </Box>
                  <Box className="inset" dir={dir} style={theme.footer}>
                    <Footer email={email} />
                  </Box>
                </Container>
              </td>
            </tr>
          </tbody>
        </table>
      </body>
    </Html>
  )
}
