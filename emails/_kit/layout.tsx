// The frame of every email: head, preheader, the brand, a card for the letter and the footer under it.

import type { ReactNode } from 'react'
import { Box } from './box.tsx'
import { Container, Head, Html } from './components.ts'
import { Footer } from './footer.tsx'
import { gapOf, type Letter } from './letter.ts'
import { lookOf } from './look.ts'
import { Masthead } from './masthead.tsx'
import { Preheader } from './preheader.tsx'
import { preheaderLine } from './printable.ts'
import { styleSheet } from './sheet.ts'

type Props = {
  letter: Letter
  /** The document's title. */
  subject: string
  /** What an inbox shows beside the subject; what is not said is left out, and sentences that don't fit. */
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

/** Says in a preview what the email is; no part of any email. */
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

export const Layout = ({ letter, subject, preheader, children }: Props) => {
  const { brand, dir, lang, language, preview } = letter
  const look = lookOf(letter)
  const sentences = preheader.filter((sentence): sentence is string => Boolean(sentence))
  return (
    <Html dir={dir} lang={lang}>
      <Head>
        <Metas scheme={preview?.scheme} />
        <title>{subject}</title>
        <style>{styleSheet(brand, preview?.scheme)}</style>
      </Head>
      <body className="page" style={look.page}>
        {preview && <PreviewNote note={preview.note} />}
        {/* A client that keeps neither html nor body finds language and direction here. */}
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
              <td className="desk" style={look.desk}>
                <Preheader>{preheaderLine(sentences, gapOf(language))}</Preheader>
                <Container style={look.frame} width={576}>
                  <Box className="card inset" dir={dir} style={look.card}>
                    <Masthead letter={letter} />
                    {children}
                  </Box>
                  <Box className="inset" dir={dir} style={look.footer}>
                    <Footer letter={letter} />
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
