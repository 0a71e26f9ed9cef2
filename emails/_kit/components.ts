// The only file that names the component packages, so that the day they move is a change of these lines. One by one, since
// their collection brings Tailwind and a syntax highlighter along: 300 ms at every start and 36 MB.

export { Button } from '@react-email/button'
export { Container } from '@react-email/container'
export { Head } from '@react-email/head'
export { Heading } from '@react-email/heading'
export { Html } from '@react-email/html'
export { Img } from '@react-email/img'
export { Text } from '@react-email/text'
