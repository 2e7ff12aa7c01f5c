"""All data at once: taken out, brought in, and kept safe."""
