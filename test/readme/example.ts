import type { Example } from '../pages/page.ts'

/** The broken manifest that opens the README. */
export const BROKEN = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: books
spec:
  replica: 2
  selector:
    matchLabels:
      app: books
  template:
    metadata:
      labels:
        app: book
    spec:
      containers:
        - name: books
          image: ghcr.io/example/books:1.4
          ports:
            - containerPort: 8080
              name: http-for-the-books-ui
`

export const example: Example = {
  heading: 'Failing',
  passing: false,
  files: { 'apps/books.yaml': BROKEN },
  commits: [],
  base: undefined,
  expected: [],
}
