"""待办事项: what other sections' penalties ask of the records that one keeps."""
