package main

import (
	"context"
	"fmt"
	"os"
)

// binarySize is the size of the binary on disk.
func binarySize(_ context.Context, b *bench) error {
	info, err := os.Stat(b.bin)
	if err != nil {
		return err
	}
	const budget = 15
	mb := float64(info.Size()) / 1e6
	b.table.add(row{what: "binary, stripped", measured: fmt.Sprintf("%.1f MB", mb), budget: fmt.Sprintf("≤ %d MB", budget), share: mb / budget})
	return nil
}
