"""The rules that know no database, no clock and no disk: plain values in, plain values out."""
