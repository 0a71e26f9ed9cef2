// An email as the console shows it: nothing in it can be followed, and its text stays.

import { expect, test } from 'vitest'
import { inertHtml, inertText } from '../../src/console/ui/email.ts'

test.each([
  [
    'a placeholder',
    '<a href="https://link.invalid/action" style="x">Pay</a>',
    '<a style="x">Pay</a>',
  ],
  ['any other link', '<a class=a href=https://x.example.com>x</a>', '<a class=a>x</a>'],
  ['single quotes and capitals', "<A HREF='https://x.example.com'>x</A>", '<A>x</A>'],
  [
    'a button of Outlook',
    '<v:roundrect href="https://x.example.com" arc="1">',
    '<v:roundrect arc="1">',
  ],
  ['a form', '<form action="/x"><input formaction="/y">', '<form><input>'],
  ['what acts by itself', '<img src="x" onerror="go()">', '<img src="x">'],
  ['text that only looks like one', '<p>say href=x</p>', '<p>say href=x</p>'],
  ['an escaped name', '<p>&lt;a href=&quot;x&quot;&gt;</p>', '<p>&lt;a href=&quot;x&quot;&gt;</p>'],
])('%s', (_, html, shown) => {
  expect(inertHtml(html)).toBe(shown)
})

test('words stand where links stood in a text', () => {
  const text =
    'View: https://link.invalid/action\nPortal: https://link.invalid/overview pstn_AbC-_A'
  expect(inertText(text)).toBe('View: [link of the button]\nPortal: [link to the portal] [link]')
})
