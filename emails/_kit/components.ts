// The only file that names the component package, so that the day it moves is a change of this line.

export { Button, Container, Head, Heading, Html, Img, Text } from '@react-email/components'
