//go:build tools

// Package engine pins the Pulumi command line that the tests of the real engine build from the Go module proxy.
package engine

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
