// The version of Postern, as package.json has it. A bundle does not carry package.json; a test compares the two.

export const VERSION = '0.1.0'
