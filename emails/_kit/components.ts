// Re-exports the react-email components. It is the only file that names their package.

export { Button, Container, Head, Heading, Html, Img, Text } from '@react-email/components'
