// The frame of every email: head, preheader, the brand, a card for the letter and the footer under it.

import type { CSSProperties, ReactNode } from 'react'
import type { Brand } from '../brand.ts'
import { Box } from './box.tsx'
import { Body, Container, Head, Html, Img, Preview, Text } from './components.ts'
import { Footer } from './footer.tsx'
import { directionOf } from './language.ts'
import { light } from './palette.ts'
import type { Links } from './props.ts'
import { font, styleSheet, unbreakable } from './theme.ts'

type Props = {
  brand: Brand
  links: Links
  locale: string
  /** The document's title. */
  subject: string
  preheader: string
  children: ReactNode
}

const Metas = () => (
  <>
    <meta content="width=device-width, initial-scale=1" name="viewport" />
    <meta content="light dark" name="color-scheme" />
    <meta content="light dark" name="supported-color-schemes" />
    <meta content="telephone=no, date=no, address=no, email=no, url=no" name="format-detection" />
  </>
)

const Masthead = ({ brand }: { brand: Brand }) => {
  if (brand.logo === null)
    return (
      <Text className="ink" style={{ ...unbreakable, ...nameplate }}>
        {brand.name}
      </Text>
    )
  const { url, alt, width, height } = brand.logo
  return (
    <Img
      alt={alt}
      className="logo"
      height={height}
      src={url}
      style={{ maxWidth: '100%', marginBottom: '28px' }}
      width={width}
    />
  )
}

const nameplate: CSSProperties = {
  margin: '0 0 28px',
  color: light.ink,
  fontSize: '16px',
  fontWeight: 600,
  lineHeight: '24px',
}
const card: CSSProperties = {
  padding: '36px 40px 20px',
  backgroundColor: light.card,
  border: `1px solid ${light.line}`,
  borderRadius: '12px',
}

export const Layout = ({ brand, links, locale, subject, preheader, children }: Props) => {
  const dir = directionOf(locale)
  return (
    <Html dir={dir} lang={locale}>
      <Head>
        <Metas />
        <title>{subject}</title>
        <style>{styleSheet(brand)}</style>
      </Head>
      <Body
        className="page"
        dir={dir}
        lang={locale}
        style={{ margin: 0, padding: 0, backgroundColor: light.page, fontFamily: font }}
      >
        <Preview>{preheader}</Preview>
        <Box className="margin" style={{ padding: '32px 16px' }}>
          <Container
            dir={dir}
            lang={locale}
            style={{ width: '100%', maxWidth: '576px' }}
            width={576}
          >
            <Box className="card inset" style={card}>
              <Masthead brand={brand} />
              {children}
            </Box>
            <Box className="inset" style={{ padding: '20px 40px' }}>
              <Footer brand={brand} links={links} />
            </Box>
          </Container>
        </Box>
      </Body>
    </Html>
  )
}
