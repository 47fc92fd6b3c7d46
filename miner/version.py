"""The program's version, as the package metadata and the manifest carry it."""

VERSION = "0.1.0"
