// The frame of every email: head, preheader, the brand, a card for the letter and the footer under it.

import type { ReactNode } from 'react'
import { Box } from './box.tsx'
import { Body, Container, Head, Html } from './components.ts'
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
  <div data-skip-in-text="true" style={previewNote}>
    {note}
  </div>
)

const previewNote = {
  padding: '6px 16px',
  backgroundColor: '#fef3c7',
  color: '#451a03',
  fontSize: '13px',
  lineHeight: '18px',
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
      <Body className="page" dir={dir} lang={lang} style={look.page}>
        <Preheader>{preheaderLine(sentences, gapOf(language))}</Preheader>
        {preview && <PreviewNote note={preview.note} />}
        <Container dir={dir} lang={lang} style={look.frame} width={576}>
          <Box className="card inset" dir={dir} style={look.card}>
            <Masthead letter={letter} />
            {children}
          </Box>
          <Box className="inset" dir={dir} style={look.footer}>
            <Footer letter={letter} />
          </Box>
        </Container>
      </Body>
    </Html>
  )
}
