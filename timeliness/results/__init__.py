"""What many findings come to: sums, shares and the gate."""
