public class InSystem {}
