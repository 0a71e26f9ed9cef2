// An example for `brand.ts`: a warm page, a serif, an avatar, and the merchant's own words. The service does not use it; the
// previews named "branded" show it.

import { type BrandSettings, createBrand } from './_kit/settings.ts'

export const exampleSettings: BrandSettings = {
  name: 'Larkspur Audio',
  logo: {
    url: 'https://larkspur.example.com/avatar.png',
    alt: 'Larkspur Audio',
    width: 40,
    height: 40,
    withName: true,
  },
  accent: '#a63d1d',
  accentDark: '#f0a07a',
  colours: {
    light: { page: '#f5ecdf', card: '#fffaf2', ink: '#2e2118', quiet: '#6d5747', line: '#e9dac5' },
    dark: { page: '#17110d', card: '#231a14', ink: '#f6eadb', quiet: '#c0a78f', line: '#433327' },
  },
  font: ['Iowan Old Style', 'Palatino Linotype', 'Palatino', 'Georgia', 'serif'],
  radius: 4,
  address: ['Larkspur Ljud AB', 'Hornsgatan 12', '118 20 Stockholm, Sweden'],
  supportEmail: 'hello@larkspur.example.com',
  websiteUrl: 'https://larkspur.example.com',
  links: [
    { label: 'Terms', url: 'https://larkspur.example.com/terms' },
    { label: 'Privacy', url: 'https://larkspur.example.com/privacy' },
  ],
  note: 'Company number 559000-0000',
  words: { en: { greeting: (name) => (name ? `Dear ${name},` : 'Dear listener,') } },
  kinds: {
    order_confirmation: {
      words: {
        en: {
          title: 'It’s yours. Enjoy the listening.',
          lead: {
            paid: (amount, product) =>
              `Thank you for buying ${product}. Your payment of ${amount} went through, and the summary below is for your records.`,
          },
          action: 'Open your recordings',
        },
        sv: { title: 'Den är din. Trevlig lyssning!' },
      },
    },
    subscription_resumed: { off: true },
  },
}

export const exampleBrand = createBrand(exampleSettings)
