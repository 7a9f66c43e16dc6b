"""The two editors speak one port; the embedded one needs no key and no network."""
