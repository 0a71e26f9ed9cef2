// A preview of a template with other props, for the preview server.

import { createElement, type FC } from 'react'

/** The same component under another name in the preview's list. */
export const variant = <P extends object>(Template: FC<P>, props: P) => {
  const Variant = (given: P) => createElement(Template, given)
  Variant.PreviewProps = props
  return Variant
}
